/// Hallows beside Apache Kafka: the same loads on the same machine, in turns.
@NullMarked
package hallows.bench.compare;

import org.jspecify.annotations.NullMarked;
