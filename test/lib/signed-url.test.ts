import { beforeAll, describe, expect, it } from 'vitest';
import { idOf, statementsOf, synthesize } from './synthesize.ts';

const template = synthesize({ http: { requestsPerMinute: 10 } });

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** The functions behind the URLs, by their names. */
const functions = Object.values(template.findResources('AWS::Lambda::Url')).map((url) => {
  const id: string = url.Properties.TargetFunctionArn['Fn::GetAtt'][0];
  const { Properties } = template.findResources('AWS::Lambda::Function')[id] ?? {};
  return [Properties.Environment.Variables.URL_NAME as string, Properties] as const;
});
const actionsOf = ({ Action }: Statement): string[] => [Action].flat();

it('every URL has a name of its own: requests to one do not count for another', () => {
  expect(functions.map(([name]) => name).toSorted()).toEqual([
    ...['calls', 'disputes', 'erasure', 'holds', 'insights'],
    ...['quality-agent', 'quality-reviewer', 'quality-supervisor', 'quality-trainer'],
    ...['recordings', 'retention', 'tagging', 'uploads'],
  ]);
});

describe.each(functions)('the function of the URL %s', (_, properties) => {
  let statements: readonly Statement[];
  beforeAll(() => {
    statements = statementsOf(template, properties.Role['Fn::GetAtt'][0]);
  });
  const cursorKey = { 'Fn::GetAtt': [idOf(template, 'AWS::KMS::Key', /^PlatformCursorKey/), 'Arn'] };
  const table = idOf(template, 'AWS::DynamoDB::Table', /^CallTable/);

  it('makes what cursors are sealed with, by a key that does nothing else', () => {
    expect(properties.Environment.Variables.CURSOR_KEY_ARN).toEqual(cursorKey);
    const macs = statements.filter((one) => actionsOf(one).includes('kms:GenerateMac'));
    expect(macs.map((one) => [actionsOf(one), one.Resource])).toEqual([[['kms:GenerateMac'], cursorKey]]);
    const ofKey = statements.filter(({ Resource }) => JSON.stringify(Resource).includes('PlatformCursorKey'));
    expect(ofKey).toEqual(macs);
  });

  it('may count requests in the table, and write nothing else by that', () => {
    expect(properties.Environment.Variables.RATE_TABLE_NAME).toEqual({ Ref: table });
    const counting = statements.filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes('rate#'));
    expect(counting).toEqual([
      {
        ...{ Effect: 'Allow', Action: 'dynamodb:UpdateItem', Resource: { 'Fn::GetAtt': [table, 'Arn'] } },
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['rate#*'] } },
      },
    ]);
  });

  it('knows the limits of the config', () => {
    expect(JSON.parse(properties.Environment.Variables.HTTP_CONFIG)).toEqual({
      ...{ requestsPerMinute: 10, maxBodyBytes: 1_048_576 },
    });
  });
});

it('the function that signs uploads has no other use of the table', () => {
  const [, uploads] = functions.find(([name]) => name === 'uploads') ?? [];
  const ofTable = statementsOf(template, uploads?.Role['Fn::GetAtt'][0]).filter((one) =>
    actionsOf(one).some((action) => action.startsWith('dynamodb:')),
  );
  expect(ofTable).toHaveLength(1);
});

it('a deployment that knows persons tells its functions who vouches for them', () => {
  const identity = { issuer: 'https://login.example.com', audience: 'verbatim' };
  const [url] = Object.values(synthesize({ identity }).findResources('AWS::Lambda::Function')).flatMap(
    ({ Properties }) => Properties.Environment.Variables.HTTP_CONFIG ?? [],
  );
  expect(JSON.parse(url).identity).toEqual({ ...identity, personClaim: 'email' });
});
