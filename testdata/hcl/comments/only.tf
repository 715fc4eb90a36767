# Nothing else.
// Nothing at all.
/* Nothing. */
