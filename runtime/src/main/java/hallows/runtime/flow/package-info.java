/// Flow control to build with: rate limiters, a circuit breaker and balancers.
@NullMarked
package hallows.runtime.flow;

import org.jspecify.annotations.NullMarked;
