import type { ParsedFile } from './syntax.ts';
import type { CalledModule } from './waivers/inline-waivers.ts';

/** A `moved` block: addresses as they are within the module. */
type Move = { readonly from: string; readonly to: string };

/** What `moved` blocks say of an address: those that it had before, the latest first. */
export const previousIn = (modules: readonly CalledModule[]): ((address: string) => readonly string[]) => {
  const scopes = modules.flatMap(({ config, prefixes }) => {
    const moves = config.files.flatMap(movesIn);
    return moves.length === 0 ? [] : prefixes.map((prefix) => ({ pattern: patternOf(prefix), moves }));
  });
  const before = (address: string): string | undefined => {
    for (const { pattern, moves } of scopes) {
      const scope = pattern.exec(address)?.[0];
      const own = scope === undefined ? undefined : oneBefore(address.slice(scope.length), moves);
      if (scope !== undefined && own !== undefined) return `${scope}${own}`;
    }
    return undefined;
  };
  return (address) => {
    const found = new Set<string>();
    for (let one = before(address); one !== undefined && !found.has(one) && one !== address; one = before(one))
      found.add(one);
    return [...found];
  };
};

const movesIn = ({ file, body }: ParsedFile): readonly Move[] =>
  body.blocks.flatMap((block) => {
    if (block.type !== 'moved') return [];
    const [from, to] = ['from', 'to'].map((name) => {
      const value = block.body.attributes.get(name)?.value;
      if (value?.kind === 'literal') return String(value.value);
      return value === undefined ? '' : file.text.slice(value.span.start, value.span.end);
    });
    return from && to ? [{ from, to }] : [];
  });

const key = '(?:\\["(?:[^"\\\\]|\\\\.)*"\\]|\\[\\d+\\])?';

/** Addresses within a module, whatever the keys of its calls: `module.a.` as a pattern. */
const patternOf = (prefix: string): RegExp =>
  new RegExp(`^${prefix.replaceAll(/module\.([^.]+)\./g, (_, name: string) => `module\\.${name}${key}\\.`)}`);

/** A resource, one of its instances, or a module with all that is in it. */
const oneBefore = (address: string, moves: readonly Move[]): string | undefined => {
  const move = moves.find(({ to }) => address.startsWith(to) && /^(?:$|[.[])/.test(address.slice(to.length)));
  return move === undefined ? undefined : `${move.from}${address.slice(move.to.length)}`;
};
