/// How the broker asks the controller, in Kafka's messages.
@NullMarked
package hallows.broker.kafka;

import org.jspecify.annotations.NullMarked;
