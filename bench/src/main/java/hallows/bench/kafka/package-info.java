/// What is measured beside us of Kafka itself.
@NullMarked
package hallows.bench.kafka;

import org.jspecify.annotations.NullMarked;
