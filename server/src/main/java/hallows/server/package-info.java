/// The command line and the wiring; nothing here decides anything.
@NullMarked
package hallows.server;

import org.jspecify.annotations.NullMarked;
