/// What `log` has from Kafka: its codecs. The only package here that knows Kafka's classes; nothing
/// that they throw leaves it.
@NullMarked
package hallows.log.kafka;

import org.jspecify.annotations.NullMarked;
