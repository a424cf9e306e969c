"""Calendars that people subscribe to: what the catalogue knows of days and times, as RFC 5545 has it."""
