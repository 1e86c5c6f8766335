/// Brokers as their users meet them: a process, a port, a data directory.
@NullMarked
package hallows.verify.system;

import org.jspecify.annotations.NullMarked;
