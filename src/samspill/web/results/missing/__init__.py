"""Who is missing: the page of a published study, and the choice of weights before it is one."""
