/// The cluster as one node sees it: a picture of brokers, topics, leaders and configuration that is
/// replaced whole, and the calls that change it. How it comes about is in `hallows.cluster.kafka`;
/// of Kafka only its generated messages are known here.
@NullMarked
package hallows.cluster;

import org.jspecify.annotations.NullMarked;
