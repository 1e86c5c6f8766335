/// One script of requests, played to Apache Kafka and to the broker under test; the answers are
/// equal.
@NullMarked
package hallows.verify.differential;

import org.jspecify.annotations.NullMarked;
