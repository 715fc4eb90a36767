import { expect, test } from '@jest/globals';
import { slowPart } from './slow-pattern.ts';

test.each(['^(a+)+$', '(a*)*', '((a+)b)*', '(?:a|a)+$', '(a|aa){2,}', '(a)\\1', '([a-z]+)*$'])(
  '%s is refused',
  (pattern) => {
    expect(slowPart(pattern)).not.toBeNull();
  },
);

test.each(['^app-[a-z0-9]+$', '^(app|web)-', '(ab)+', '\\(a+\\)+', '[(+)]+', 'a{2,3}', '(a+)b', '\\.example\\.com$'])(
  '%s is taken',
  (pattern) => {
    expect(slowPart(pattern)).toBeNull();
  },
);
