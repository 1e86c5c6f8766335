/// Kafka's protocol as bare frames on a socket.
@NullMarked
package hallows.verify.wire;

import org.jspecify.annotations.NullMarked;
