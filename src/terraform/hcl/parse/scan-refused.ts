import { type Scanner, addFault, emit } from './scanner.ts';
import * as token from './tokens.ts';

/** Characters that the language does not have, and what to write instead. */

const bitwise = (suggestion: string): readonly [string, string] => [
  'Unsupported operator',
  `Bitwise operators are not supported.${suggestion}`,
];

const refused: Readonly<Record<string, readonly [string, string]>> = {
  '&': bitwise(' Did you mean boolean AND ("&&")?'),
  '|': bitwise(' Did you mean boolean OR ("||")?'),
  '~': bitwise(' Did you mean boolean NOT ("!")?'),
  '^': bitwise(''),
  '`': [
    'Invalid character',
    'The "`" character is not valid. To create a multi-line string, use the "heredoc" syntax, like "<<EOT".',
  ],
  "'": ['Invalid character', 'Single quotes are not valid. Use double quotes (") to enclose strings.'],
  ';': [
    'Invalid character',
    'The ";" character is not valid. Use newlines to separate arguments and blocks, and commas to separate items in ' +
      'collection values.',
  ],
};

const curlyQuotes = [
  'Invalid character',
  '"Curly quotes" are not valid here. These can sometimes be inadvertently introduced when sharing code via documents ' +
    'or discussion forums. It might help to replace the character with a "straight quote".',
] as const;

const unusedCharacter = ['Invalid character', 'This character is not used within the language.'] as const;

/** The next character, of that many units, is no part of the language. */
export const refuse = (scanner: Scanner, length: number): void => {
  const sign = scanner.text.slice(scanner.at, scanner.at + length);
  const fault = sign === '“' || sign === '”' ? curlyQuotes : (refused[sign] ?? unusedCharacter);
  addFault(scanner.faults, fault, scanner.at, scanner.at + length);
  emit(scanner, token.invalid, scanner.at + length);
};
