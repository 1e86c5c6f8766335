/// Partitions and who serves them: a request comes to the shard that is its home, its parts go to
/// the shards that own their partitions, and one answer comes back. Knows no wire format.
@NullMarked
package hallows.broker;

import org.jspecify.annotations.NullMarked;
