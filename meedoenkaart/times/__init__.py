"""When something is: from the rules of a schedule to days, and to the sentence that says it."""
