"""What all pages share: the frame, the front page, error pages, form fields, numbers."""
