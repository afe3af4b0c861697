import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkChain } from '../../../../lambdas/calls/custody/check-chain.ts';
import {
  type CustodyActInput,
  type CustodyEntry,
  CustodyKind,
  canonicalJson,
  entriesAfter,
  entryAfter,
  hashOfEntry,
} from '../../../../lambdas/calls/custody/custody.ts';
import { NOW } from '../../builders.ts';

const act = fc.record(
  {
    kind: fc.constantFrom(...CustodyKind.options),
    at: fc.constantFrom(NOW, '2026-10-15T12:00:00.000Z'),
    by: fc.constantFrom('verbatim', 'unknown', 'arn:aws:iam::1:role/qa'),
    person: fc.string({ unit: 'grapheme' }),
    byName: fc.string({ unit: 'binary' }),
    why: fc.string(),
    details: fc.dictionary(
      fc.constantFrom('format', '10', '9', 'from'),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    ),
    actId: fc.string({ minLength: 1 }),
  },
  { requiredKeys: ['kind', 'at', 'by'] },
);
const acts = (minLength: number) => fc.array(act, { minLength, maxLength: 8 });

const headOf = (entries: readonly CustodyEntry[]) => {
  const last = entries.at(-1);
  return last && { callId: last.callId, entries: last.number, hash: last.hash };
};
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** A chain with its head, and one of its entries. */
const chainWithOne = (minLength = 1) =>
  acts(minLength).chain((all) => {
    const entries = entriesAfter('c', undefined, all as CustodyActInput[]);
    return fc.record({ entries: fc.constant(entries), at: fc.nat(entries.length - 1) });
  });

const faultsOf = (entries: readonly unknown[], head: ReturnType<typeof headOf>) =>
  checkChain(entries, head).faults.map(({ what, number }) => [what, number]);

describe('a chain as it was noted', () => {
  it('is intact, whatever the acts say, also as a file tells it', () => {
    fc.assert(
      fc.property(acts(0), (all) => {
        const entries = entriesAfter('c', undefined, all as CustodyActInput[]);
        expect(checkChain(plain(entries), headOf(entries)).faults).toEqual([]);
      }),
    );
  });

  it('tells how far it goes, and the hash to compare', () => {
    const entries = entriesAfter('c', undefined, [{ kind: 'received', at: NOW, by: 'verbatim' }]);
    expect(checkChain(entries, headOf(entries))).toEqual({
      ...{ intact: true, entries: 1, hash: entries[0]?.hash, faults: [] },
    });
  });
});

describe('a single change of a chain', () => {
  it('of any field of any entry is found, and the entry named', () => {
    const other = fc.oneof(fc.string(), fc.integer(), fc.constant(undefined), fc.constant({ format: 'pdf' }));
    fc.assert(
      fc.property(chainWithOne(), fc.nat(), other, ({ entries, at }, nth, value) => {
        const entry = entries[at] as unknown as Record<string, unknown>;
        const fields = [...Object.keys(entry), 'added'];
        const field = fields[nth % fields.length] ?? '';
        fc.pre(canonicalJson(entry[field]) !== canonicalJson(value));
        const edited = entries.with(at, { ...entry, [field]: value } as unknown as CustodyEntry);
        const { intact, faults } = checkChain(plain(edited), headOf(entries));
        expect(intact).toBe(false);
        // With another number, it is the one that is missing, or another one's double.
        const names = new Set(faults.map(({ number }) => number));
        if (field !== 'number') expect(names).toContain(at + 1);
      }),
      { numRuns: 500 },
    );
  });

  it('of an entry that is hashed anew is found at the one behind it, or at the head', () => {
    fc.assert(
      fc.property(chainWithOne(), ({ entries, at }) => {
        const { hash: _, ...entry } = entries[at] as CustodyEntry;
        const replaced = { ...entry, by: `${entry.by}!` };
        const forged = entries.with(at, { ...replaced, hash: hashOfEntry(replaced) });
        const isLast = at === entries.length - 1;
        expect(faultsOf(forged, headOf(entries))).toEqual([isLast ? ['head-differs', at + 1] : ['unlinked', at + 2]]);
      }),
    );
  });

  it('that removes an entry is found, and names it', () => {
    fc.assert(
      fc.property(chainWithOne(), ({ entries, at }) => {
        expect(faultsOf(entries.toSpliced(at, 1), headOf(entries))).toEqual([['missing', at + 1]]);
      }),
    );
  });

  it('that removes its end, or all of it, is found, and names what is missing', () => {
    fc.assert(
      fc.property(chainWithOne(), ({ entries, at }) => {
        const { faults } = checkChain(entries.slice(0, at), headOf(entries));
        expect(faults).toMatchObject([{ what: 'missing', number: at + 1 }]);
        if (at < entries.length - 1)
          expect(faults[0]?.message).toBe(`entries ${at + 1} to ${entries.length} are missing`);
      }),
    );
  });

  it('that swaps two entries is found', () => {
    fc.assert(
      fc.property(chainWithOne(2), fc.nat(), ({ entries, at }, step) => {
        const to = (at + 1 + (step % (entries.length - 1))) % entries.length;
        const [one, two] = [entries[at], entries[to]] as [CustodyEntry, CustodyEntry];
        const faults = faultsOf(entries.with(at, two).with(to, one), headOf(entries));
        expect(faults).toContainEqual(['out-of-order', Math.min(at, to) + 1]);
      }),
    );
  });

  it('that doubles an entry is found', () => {
    fc.assert(
      fc.property(chainWithOne(), fc.nat(), ({ entries, at }, place) => {
        const again = entries.toSpliced(place % (entries.length + 1), 0, entries[at] as CustodyEntry);
        expect(faultsOf(again, headOf(entries)).map(([, number]) => number)).toContain(at + 1);
        expect(checkChain(again, headOf(entries)).intact).toBe(false);
      }),
    );
  });

  it('that brings an entry from the chain of another call, or none of any, is found', () => {
    const [foreign] = entriesAfter('other', undefined, [{ kind: 'call-read', at: NOW, by: 'unknown' }]);
    const brought = fc.oneof(fc.constant(foreign), fc.constant('words'), fc.constant(null), fc.constant({ number: 1 }));
    fc.assert(
      fc.property(chainWithOne(), brought, fc.nat(), ({ entries }, one, place) => {
        const { faults } = checkChain(
          entries.toSpliced(place % (entries.length + 1), 0, one as CustodyEntry),
          headOf(entries),
        );
        expect(faults.map(({ what }) => what)).toContain(one === foreign ? 'foreign' : 'not-an-entry');
      }),
    );
  });

  it('that adds an entry behind its end is found', () => {
    fc.assert(
      fc.property(chainWithOne(), act, ({ entries }, more) => {
        const added = entryAfter('c', entries.at(-1), more as CustodyActInput);
        expect(faultsOf([...entries, added], headOf(entries))).toEqual([['beyond-head', entries.length + 1]]);
      }),
    );
  });

  it('that gives a place to an entry that was made for it is found', () => {
    fc.assert(
      fc.property(chainWithOne(2), act, ({ entries, at }, more) => {
        const made = entryAfter('c', entries[at - 1], more as CustodyActInput);
        fc.pre(made.hash !== entries[at]?.hash);
        expect(checkChain(entries.toSpliced(at, 0, made), headOf(entries)).intact).toBe(false);
        expect(checkChain(entries.with(at, made), headOf(entries)).intact).toBe(false);
      }),
    );
  });

  it('of its head is found', () => {
    const entries = entriesAfter('c', undefined, [
      { kind: 'received', at: NOW, by: 'verbatim' },
      { kind: 'call-read', at: NOW, by: 'unknown' },
    ]);
    const head = { callId: 'c', entries: 2, hash: entries[1]?.hash ?? '' };
    expect(faultsOf(entries, undefined)).toEqual([['head-missing', undefined]]);
    expect(faultsOf(entries, { ...head, hash: 'f'.repeat(64) })).toEqual([['head-differs', 2]]);
    expect(faultsOf(entries, { ...head, entries: 3 })).toEqual([['missing', 3]]);
    expect(faultsOf(entries, { ...head, entries: 1, hash: entries[0]?.hash ?? '' })).toEqual([['beyond-head', 2]]);
    expect(faultsOf(entries, { ...head, callId: 'd' }).map(([what]) => what)).toContain('foreign');
  });
});

describe('the hash of an entry', () => {
  it('can be made by anybody: of JSON with sorted keys, without itself', () => {
    const entry = entryAfter('c', undefined, {
      ...{ kind: 'audio-handed-out', at: NOW, by: 'unknown', details: { b: 1, a: 'x', '10': true, '9': false } },
    });
    expect(canonicalJson(entry.details)).toBe('{"10":true,"9":false,"a":"x","b":1}');
    // sha256sum of the canonical JSON, by another program.
    expect(entry.hash).toBe('14ebc68ae693f15d81e0eb2a3690c7f5592f36ac5ca8e6e9070a55e88f6ce7e4');
  });
});
