import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

/** The key by which a hold is found by a customer whose calls it holds; without a hold, what they all begin with. */
export const customerHoldKey = (customerId: string, holdId = '') => ({
  subject: `customer#${customerId}`,
  part: `hold#${holdId}`,
});

/** The holds of customers, as whoever takes up a call asks for them. */
export function customerHolds(dynamodb: DynamoDBDocumentClient, TableName: string) {
  return {
    /**
     * The ids of all holds that hold the calls of a customer, read consistently. Who stores a call of a customer asks after
     * it has: a hold that is placed in between finds the call itself.
     */
    async of(customerId: string): Promise<string[]> {
      const { subject, part } = customerHoldKey(customerId);
      const holdIds: string[] = [];
      let after: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await dynamodb.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'subject = :subject AND begins_with(part, :part)',
            ExpressionAttributeValues: { ':subject': subject, ':part': part },
            ExclusiveStartKey: after,
            ConsistentRead: true,
          }),
        );
        holdIds.push(...Items.map((item) => String(item.holdId)));
        after = LastEvaluatedKey;
      } while (after);
      return holdIds;
    },
  };
}
export type CustomerHolds = ReturnType<typeof customerHolds>;
