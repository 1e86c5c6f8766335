package hallows.runtime;

import java.lang.foreign.MemorySegment;

/// Neighbouring slabs, claimed together and given back together.
///
/// @param first the number of the first slab
/// @param slabs how many
/// @param memory their bytes
record Run(int first, int slabs, MemorySegment memory) {}
