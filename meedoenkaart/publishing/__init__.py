"""What the site holds: pages, search entries, sitemap, redirects. No MkDocs in here."""
