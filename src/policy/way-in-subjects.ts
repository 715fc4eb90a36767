import { judgement, text, value, vocabulary } from './vocabulary.ts';

/** One of the five paths at a database, or through one proxy. */
export const path = vocabulary({
  open: judgement('The settings let somebody log in by this path.'),
  address: text('Address of the database; of the proxy, where the database is not in view.'),
  name: text(
    'Name of the path: `password-rds`, `iam-rds`, `password-proxy-rds`, `iam-proxy-rds` or `iam-proxy-iam-rds`.',
  ),
  proxy: text('Address of the proxy that the path leads through; empty for the first two.'),
  closeMend: text('The setting that closes the path.'),
});

/** Whoever is named as user of a database. */
export const user = vocabulary({
  name: value('string', 'Name of the user; a pattern where a grant names one.'),
  method: value('string', 'How the database lets the user in: `iam` or `password`.'),
  entry: value('string', 'Name and method: `app:iam`.'),
  address: text('Address of the database; of what names the user, where the database is not in view.'),
  who: text('The user and the method in words, also where nobody can see who it is.'),
  namedBy: text('Addresses of what names the user.'),
  declared: judgement('`users` of the configuration of this program declares the user, with the method.'),
  declareMend: text('The lines to write there.'),
});

/** Whoever may use the master user of a database. */
export const masterUse = vocabulary({
  mayUse: judgement('The principal may log in as the master user, or read the secret with its password.'),
  address: text('Address of the database.'),
  principal: text('Address, name or ARN of the principal.'),
  user: text('Name of the master user.'),
  restrictMend: text('What to take from the principal.'),
});
