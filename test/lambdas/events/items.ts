import { NOW } from '../builders.ts';

/** The item of an automatic score, as the table has it; words are in it. */
export const scoreItem = {
  ...{ subject: 'call#call1', part: 'score#greeting', callId: 'call1', agentId: 'lee', callStartedAt: NOW },
  ...{ scorecard: 'greeting', scorecardVersion: 'v1', scoredAt: NOW, tagging: 1, numbers: {}, facts: { tags: [] } },
  answers: { hello: { answer: 'yes', because: 'said by customer-555', moments: [] } },
  score: { percent: 80, failedBy: [], sections: [] },
};

/** The item of a review that is submitted. */
export const reviewItem = {
  ...{ subject: 'call#call1', part: 'review#r1', reviewId: 'r1', callId: 'call1', agentId: 'lee', callStartedAt: NOW },
  ...{ team: 'blue', scorecard: 'greeting', scorecardVersion: 'v1', state: 'submitted', stateSince: NOW, dueAt: NOW },
  ...{ reviewer: 'person-555', answers: { hello: { answer: 'no', comment: 'customer-555 was not greeted' } } },
  ...{ comments: [], version: 3 },
};

/** The item of a dispute. */
export const disputeItem = {
  ...{ subject: 'dispute#d1', part: 'dispute', disputeId: 'd1', customerId: 'customer-555', claim: 'a credit of 555' },
  ...{ topic: 'credits', from: NOW, to: NOW, state: 'open', stateSince: NOW, version: 1, openedAt: NOW, round: 1 },
};
