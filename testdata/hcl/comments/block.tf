/* Within a line, over several lines, and in front of an argument. */
a = /* here */ 1
/*
 * b = 1
 */
/* there */ b = 2 /* and
   beyond */
