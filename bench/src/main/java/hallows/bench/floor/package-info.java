/// What the machine gives to anybody: bare loops, with none of our code between them and the host.
@NullMarked
package hallows.bench.floor;

import org.jspecify.annotations.NullMarked;
