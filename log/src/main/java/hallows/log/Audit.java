package hallows.log;

import hallows.runtime.Disk;

/// What every part of an audit needs.
///
/// @param disk where the files are
/// @param unpacking for compressed batches
/// @param findings what was found so far
record Audit(Disk disk, Unpacking unpacking, Findings findings) {}
