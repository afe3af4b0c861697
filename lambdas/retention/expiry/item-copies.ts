import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Call } from '../../calls/calls.ts';
import type { Copy, CopyStore, ItemCopy, KeptIn } from './copies.ts';

/** What a store of items of the table is told by. */
export interface ItemCopies {
  readonly name: string;
  readonly where: KeptIn;
  readonly findsByCallId?: true;
  readonly last?: true;
  /** The keys of the call's items. */
  readonly find: (call: Call) => Promise<readonly Pick<ItemCopy, 'subject' | 'part'>[]>;
}

/** A store of items of the table. */
export function itemCopyStore(
  { find, ...told }: ItemCopies,
  { dynamodb, tableName }: { readonly dynamodb: DynamoDBDocumentClient; readonly tableName: string },
): CopyStore {
  return {
    ...told,
    find: async (call) =>
      (await find(call)).map(({ subject, part }) => ({ of: 'item', kind: told.name, subject, part })),
    async remove(copy: Copy) {
      if (copy.of !== 'item') throw new TypeError(`${told.name}: ${copy.of} is no item`);
      const { subject, part } = copy;
      await dynamodb.send(new DeleteCommand({ TableName: tableName, Key: { subject, part } }));
      return { outcome: 'removed' };
    },
  };
}
