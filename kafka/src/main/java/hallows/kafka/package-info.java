/// Kafka's protocol in front of the broker: bytes become requests, requests become calls of
/// [hallows.broker.Broker], and their outcomes become bytes again, in the order in which a client
/// asked. What is large or frequent, produce and fetch, is read and written in place; all other
/// requests pass through Kafka's own generated messages.
@NullMarked
package hallows.kafka;

import org.jspecify.annotations.NullMarked;
