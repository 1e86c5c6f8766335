/// Any broker that speaks Kafka, asked through Kafka's own clients. Everything of theirs stays in
/// here; what goes out are values, and sentences where something cannot be done.
@NullMarked
package hallows.server.kafka;

import org.jspecify.annotations.NullMarked;
