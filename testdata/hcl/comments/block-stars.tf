/** Stars at both ends. **/
a = 1
/***/
b = 2
/* a slash / and a star * inside */
c = 3
