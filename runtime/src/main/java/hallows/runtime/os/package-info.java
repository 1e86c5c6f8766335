/// The real outside world: the only package that touches sockets, files, threads, time and chance.
@NullMarked
package hallows.runtime.os;

import org.jspecify.annotations.NullMarked;
