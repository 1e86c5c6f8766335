/// What `cluster` has from Kafka: the quorum, the controller, the loader of its log, formatting and
/// the lifecycle of a broker. They own files, clocks and threads of their own, away from the
/// shards.
@NullMarked
package hallows.cluster.kafka;

import org.jspecify.annotations.NullMarked;
