import { expect, test } from 'vitest';
import { synthesize } from './synthesize.ts';

const refOf = (value: unknown): string | undefined => {
  const reference = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] } | undefined;
  return reference?.Ref ?? reference?.['Fn::GetAtt']?.[0];
};

test('whatever goes on page after page by its own queue is not stopped by Lambda as a loop, and nothing else is let loop', () => {
  const template = synthesize();
  const sources = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'));
  const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
  const queueIds = Object.keys(template.findResources('AWS::SQS::Queue'));
  const looping = functions.flatMap(([id, { Properties }]) => {
    const queues = sources
      .filter((source) => refOf(source.Properties.FunctionName) === id)
      .map((source) => refOf(source.Properties.EventSourceArn));
    const variables: Record<string, unknown> = Properties.Environment.Variables;
    const sendsTo = Object.values(variables).map(refOf);
    return queues.some((queue) => queue !== undefined && queueIds.includes(queue) && sendsTo.includes(queue))
      ? [id]
      : [];
  });
  const allowed = functions.flatMap(([id, { Properties }]) => (Properties.RecursiveLoop === 'Allow' ? [id] : []));
  expect(looping.length).toBeGreaterThan(5);
  expect(allowed.toSorted()).toEqual(looping.toSorted());
});
