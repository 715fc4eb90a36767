import { judgement, text, vocabulary } from './vocabulary.ts';

/** An exception to a policy. */
export const waiver = vocabulary({
  inForce: judgement('Its last day is today, or later.'),
  matchesSomething: judgement('It is over, covers a finding of this run, or what it is for was not judged.'),
  lastsLonger: judgement('It is over, covers nothing, or lasts for more than 14 days from today.'),
  address: text('What it covers: an address, or a glob over addresses.'),
  policy: text('The policy that it is for, as it is written.'),
  user: text('The database user whom it is for.'),
  reason: text('Why, as it is written.'),
  expires: text('Its last day.'),
  owner: text('Who answers for it.'),
  place: text('Where it is written: file and line.'),
});
