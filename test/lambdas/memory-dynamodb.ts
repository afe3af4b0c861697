import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { indexes } from '../../lambdas/calls/calls.ts';

type Item = Record<string, unknown>;
type Names = Record<string, string> | undefined;
type Values = Record<string, unknown> | undefined;

/** A refusal as DynamoDB words it. */
class Refusal extends Error {
  readonly CancellationReasons?: { Code: string }[];

  constructor(name: string, reasons?: string[]) {
    super(name);
    this.name = name;
    if (reasons) this.CancellationReasons = reasons.map((Code) => ({ Code }));
  }
}

const tokensOf = (expression: string): string[] => expression.match(/[:#]?[A-Za-z_]\w*|<>|<=|>=|[(),=<>.]/g) ?? [];

/** Reads an expression: the part of DynamoDB's language that the stores use. */
function reader(expression: string, item: Item = {}, names: Names, values: Values) {
  const tokens = tokensOf(expression);
  let at = 0;
  const peek = (): string => tokens[at] ?? '';
  const next = (): string => tokens[at++] ?? '';
  const expect = (token: string): void => {
    const found = next();
    if (found !== token) throw new Error(`"${token}" was awaited, not "${found}", in ${expression}`);
  };
  const list = <T>(read: () => T): T[] => {
    expect('(');
    const all = [read()];
    while (peek() === ',') {
      next();
      all.push(read());
    }
    expect(')');
    return all;
  };
  const name = (): string => {
    const token = next();
    if (!token.startsWith('#')) return token;
    const named = names?.[token];
    if (named === undefined) throw new Error(`${token} has no name in ${expression}`);
    return named;
  };
  /** What is at a path, such as `#retention.#floor`. */
  const atPath = (): unknown => {
    let found: unknown = item[name()];
    while (peek() === '.') {
      next();
      const part = name();
      found = (found as Item | undefined)?.[part];
    }
    return found;
  };
  const operand = (): unknown => {
    const token = peek();
    if (token.startsWith(':')) {
      next();
      if (!values || !(token in values)) throw new Error(`${token} has no value in ${expression}`);
      return values[token];
    }
    if (token === 'size') {
      next();
      const [of] = list(() => item[name()]);
      return Array.isArray(of) || typeof of === 'string' ? of.length : undefined;
    }
    if (token === 'if_not_exists') {
      next();
      expect('(');
      const present = item[name()];
      expect(',');
      const otherwise = operand();
      expect(')');
      return present ?? otherwise;
    }
    if (token === 'list_append') {
      next();
      return list(operand).flat();
    }
    return atPath();
  };
  const comparison = (): boolean => {
    if (peek() === '(') {
      next();
      const inner = either();
      expect(')');
      return inner;
    }
    if (peek() === 'attribute_not_exists' || peek() === 'attribute_exists') {
      const wanted = next() === 'attribute_exists';
      const [there] = list(() => atPath() !== undefined);
      return there === wanted;
    }
    if (peek() === 'contains') {
      next();
      const [all, one] = list(operand);
      return Array.isArray(all) && all.includes(one);
    }
    if (peek() === 'begins_with') {
      next();
      const [text, start] = list(operand);
      return String(text).startsWith(String(start));
    }
    const left = operand();
    const operator = next();
    if (operator === 'IN') return list(operand).includes(left);
    if (operator === 'BETWEEN') {
      const low = operand();
      expect('AND');
      const high = operand();
      return String(low) <= String(left) && String(left) <= String(high);
    }
    if (operator === '<=') return left !== undefined && String(left) <= String(operand());
    if (operator !== '=' && operator !== '<>') throw new Error(`"${operator}" is not known, in ${expression}`);
    const same = JSON.stringify(left) === JSON.stringify(operand());
    return left !== undefined && same === (operator === '=');
  };
  const both = (): boolean => {
    let holds = comparison();
    while (peek() === 'AND') {
      next();
      holds = comparison() && holds;
    }
    return holds;
  };
  const either = (): boolean => {
    let holds = both();
    while (peek() === 'OR') {
      next();
      holds = both() || holds;
    }
    return holds;
  };
  /** The attributes as the update leaves them. */
  const update = (): Item => {
    const after: Item = { ...item };
    let section = '';
    while (at < tokens.length) {
      if (['SET', 'ADD', 'REMOVE'].includes(peek())) section = next();
      else if (peek() === ',') next();
      const attribute = name();
      if (section === 'REMOVE') delete after[attribute];
      if (section === 'ADD') after[attribute] = Number(item[attribute] ?? 0) + Number(operand());
      if (section === 'SET') {
        expect('=');
        after[attribute] = operand();
      }
    }
    return after;
  };
  return { condition: either, update };
}

interface Write {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/**
 * The table, held in memory, under the rules of DynamoDB as far as the stores use it: conditions, updates, transactions,
 * and queries of the table and its indexes. An expression that it does not know is an error.
 */
export function memoryDynamodb() {
  const table = new Map<string, Item>();
  const keyText = (key: Item | undefined): string => JSON.stringify([key?.subject, key?.part]);
  const read = (write: Write, expression: string) =>
    reader(
      expression,
      table.get(keyText(write.Key ?? write.Item)),
      write.ExpressionAttributeNames,
      write.ExpressionAttributeValues,
    );
  const holds = (write: Write): boolean =>
    write.ConditionExpression === undefined || read(write, write.ConditionExpression).condition();
  const put = ({ Item }: Write) => table.set(keyText(Item), plain(Item ?? {}));
  const update = (write: Write): Item => {
    const after = plain({ ...read(write, write.UpdateExpression ?? '').update(), ...write.Key });
    table.set(keyText(write.Key), after);
    return after;
  };

  const query = (input: QueryCommand['input']) => {
    const index = Object.entries(indexes).find(([name]) => name === input.IndexName)?.[1];
    const { partitionKey, sortKey } = index ?? { partitionKey: 'subject', sortKey: 'part' };
    const order = (item: Item) => JSON.stringify([item[sortKey], item.subject, item.part]);
    const inOrder = (a: Item, b: Item) =>
      order(a) === order(b) ? 0 : (order(a) < order(b) ? -1 : 1) * (input.ScanIndexForward === false ? -1 : 1);
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
    const partition = values?.[':partition'] ?? values?.[':subject'];
    const all = [...table.values()]
      // What the expression would find, too, but for a large table sooner.
      .filter((item) => item[partitionKey] === partition && item[sortKey] !== undefined)
      .filter((item) => reader(input.KeyConditionExpression ?? '', item, names, values).condition())
      .toSorted(inOrder)
      .filter((item) => !input.ExclusiveStartKey || inOrder(input.ExclusiveStartKey, item) < 0);
    const examined = all.slice(0, input.Limit).map(plain);
    const { FilterExpression: filter } = input;
    const Items = filter ? examined.filter((item) => reader(filter, item, names, values).condition()) : examined;
    const last = examined.at(-1);
    // As DynamoDB does, also where nothing is behind the last one.
    const ScannedCount = examined.length;
    if (!last || examined.length !== input.Limit) return { Items, ScannedCount };
    const keys = ['subject', 'part', partitionKey, sortKey];
    return { Items, ScannedCount, LastEvaluatedKey: Object.fromEntries(keys.map((key) => [key, last[key]])) };
  };

  const transact = (writes: NonNullable<TransactWriteCommand['input']['TransactItems']>) => {
    const each = writes.map(
      ({ Put, Update, Delete, ConditionCheck }) => (Put ?? Update ?? Delete ?? ConditionCheck) as Write,
    );
    const touched = new Set(each.map((write) => keyText(write.Key ?? write.Item)));
    if (writes.length > 100 || writes.length === 0 || touched.size < writes.length)
      throw new Refusal('ValidationException');
    const reasons = each.map((write) => (holds(write) ? 'None' : 'ConditionalCheckFailed'));
    if (reasons.some((reason) => reason !== 'None')) throw new Refusal('TransactionCanceledException', reasons);
    for (const { Put, Update, Delete } of writes) {
      if (Put) put(Put);
      if (Update) update(Update);
      if (Delete) table.delete(keyText(Delete.Key));
    }
  };

  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof GetCommand)
      return { Item: table.has(keyText(command.input.Key)) ? plain(table.get(keyText(command.input.Key))) : undefined };
    if (command instanceof DeleteCommand) return table.delete(keyText(command.input.Key)) && {};
    if (command instanceof QueryCommand) return query(command.input);
    if (command instanceof TransactWriteCommand) return transact(command.input.TransactItems ?? []);
    if (command instanceof BatchGetCommand) {
      const [name, asked] = Object.entries(command.input.RequestItems ?? {})[0] ?? [];
      const found = (asked?.Keys ?? []).flatMap((key) => table.get(keyText(key)) ?? []);
      return { Responses: { [name ?? '']: found.map(plain) } };
    }
    if (command instanceof PutCommand || command instanceof UpdateCommand) {
      if (!holds(command.input)) throw new Refusal('ConditionalCheckFailedException');
      return command instanceof PutCommand ? put(command.input) && {} : { Attributes: update(command.input) };
    }
    throw new Error(`${command?.constructor.name} is not part of this test`);
  };
  return {
    client: { send } as unknown as DynamoDBDocumentClient,
    /** Every item of a subject that begins so, by its sort key. */
    items: (subject: string) =>
      [...table.values()].filter((item) => String(item.subject).startsWith(subject)).map(plain),
  };
}
