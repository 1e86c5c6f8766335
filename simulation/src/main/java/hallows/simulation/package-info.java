/// A seeded stand-in for the outside world, and the kit that tries properties on many seeds.
@NullMarked
package hallows.simulation;

import org.jspecify.annotations.NullMarked;
