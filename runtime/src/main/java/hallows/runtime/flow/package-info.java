/// Flow control to build with: rate limiters, a circuit breaker and balancers. Each lives on one
/// shard, takes time and chance as parameters, and allocates nothing per call.
@NullMarked
package hallows.runtime.flow;

import org.jspecify.annotations.NullMarked;
