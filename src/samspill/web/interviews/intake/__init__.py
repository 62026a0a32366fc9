"""The forms and pages by which material comes in: files of text, and open answers."""
