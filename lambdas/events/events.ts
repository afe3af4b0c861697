/** What other rooms may use of domain events. */
export {
  type DomainEvent,
  EVENT_SOURCE,
  EventDetail,
  EventType,
  eventDetails,
  eventSchema,
} from './domain-event.ts';
export { eventsOfChange } from './events-of-change.ts';
export { eventsOfItem } from './events-of-item.ts';
