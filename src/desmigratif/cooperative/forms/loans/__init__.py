"""Forms of lending: a way to borrow, an application, each act on a loan."""
