/// The ordered bytes of partitions: Kafka's files, our engine. Stage, commit, read, truncate,
/// recover, flush. Knows neither leaders nor protocols, and touches files through `Disk` only.
@NullMarked
package hallows.log;

import org.jspecify.annotations.NullMarked;
