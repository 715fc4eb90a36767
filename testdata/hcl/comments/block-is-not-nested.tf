/* The first end ends it: /* so this is the last word. */
a = 1
