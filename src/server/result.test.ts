import { describe, expect, test } from '@jest/globals';
import { type Outcome, payloadOf, progressOf } from './result.ts';

const outcome: Outcome = {
  id: 'policy',
  description: 'one line',
  body: 'text',
  tags: { Status: { label: 'Failed', level: 'error' } },
};

const read = (outcomes: readonly Outcome[], message = 'Message.', url?: string) => {
  const text = payloadOf({ status: 'failed', message, outcomes, ...(url === undefined ? {} : { url }) }, true);
  const { data } = JSON.parse(text);
  return {
    bytes: Buffer.byteLength(text),
    attributes: data.attributes,
    outcomes: data.relationships?.outcomes.data ?? [],
  };
};

describe('a callback', () => {
  test('has the form that is documented', () => {
    expect(
      JSON.parse(payloadOf({ status: 'failed', message: 'No.', url: 'https://a.example', outcomes: [outcome] }, true)),
    ).toEqual({
      data: {
        type: 'task-results',
        attributes: { status: 'failed', message: 'No.', url: 'https://a.example' },
        relationships: {
          outcomes: {
            data: [
              {
                type: 'task-result-outcomes',
                attributes: {
                  'outcome-id': 'policy',
                  description: 'one line',
                  body: 'text',
                  tags: { Status: [{ label: 'Failed', level: 'error' }] },
                },
              },
            ],
          },
        },
      },
    });
  });

  test.each([
    ['who takes none', [outcome], false],
    ['of nothing', [], true],
  ])('has no outcomes for %s', (_, outcomes, takes) => {
    expect(JSON.parse(payloadOf({ status: 'passed', message: 'Yes.', outcomes }, takes)).data).not.toHaveProperty(
      'relationships',
    );
  });

  test('says that there will be a result', () => {
    expect(JSON.parse(progressOf('Wait.'))).toEqual({
      data: { type: 'task-results', attributes: { status: 'running', message: 'Wait.' } },
    });
  });

  test.each([
    ['a message of many lines', 'a\n\nb', 'a b'],
    ['an empty message', '', '-'],
  ])('has %s on one line', (_, message, expected) => {
    expect(read([], message).attributes.message).toBe(expected);
  });

  test('keeps within the limits of every text', () => {
    const long = '\u{1f511}'.repeat(20_000);
    const tags = { Status: { label: long, level: 'none' } } as const;
    const found = read(
      [{ id: long, description: long, body: long, url: `https://${'a'.repeat(600)}`, tags }],
      long,
      `https://${'a'.repeat(600)}`,
    );
    const { attributes } = found.outcomes[0];
    expect(found.attributes.message.length).toBeLessThanOrEqual(1000);
    expect(attributes['outcome-id'].length).toBeLessThanOrEqual(64);
    expect(attributes.description.length).toBeLessThanOrEqual(1000);
    expect(attributes.body.length).toBeLessThanOrEqual(10_000);
    expect(attributes.body).toMatch(/left out/);
    expect(attributes.tags.Status[0].label.length).toBeLessThanOrEqual(32);
    expect([found.attributes.url, attributes.url]).toEqual([undefined, undefined]);
    // Half of a character.
    expect(JSON.stringify(found)).not.toMatch(/\\ud8|\ud83d(?![\udc00-\udfff])/u);
  });

  test('ends a block of code that is cut', () => {
    const { body } = read([{ ...outcome, body: `\`\`\`hcl\n${'x\n'.repeat(9000)}\`\`\`` }]).outcomes[0].attributes;
    expect(body.match(/^```/gm)).toHaveLength(2);
    expect(body).toMatch(/```\n\n\*The rest was left out/);
  });

  test.each([
    [249, 249, undefined],
    [250, 250, undefined],
    [251, 250, '2 more findings and ways in'],
    [1000, 250, '751 more findings and ways in'],
  ])('of %i outcomes has %i', (count, expected, more) => {
    const { outcomes } = read(Array.from({ length: count }, () => outcome));
    expect(outcomes).toHaveLength(expected);
    expect(outcomes.at(-1).attributes.description).toBe(more ?? 'one line');
  });

  test('is smaller than 1 MB, and says how much is left out', () => {
    const { outcomes, bytes } = read(Array.from({ length: 200 }, () => ({ ...outcome, body: 'é'.repeat(10_000) })));
    expect(bytes).toBeLessThan(1_000_000);
    expect(outcomes.at(-1).attributes.description).toBe(`${200 - outcomes.length + 1} more findings and ways in`);
  });
});
