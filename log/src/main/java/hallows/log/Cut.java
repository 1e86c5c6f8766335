package hallows.log;

import hallows.runtime.Fault;
import hallows.runtime.Result;

/// Cuts off what a failed write has left: it might pass for records after a later, shorter one.
///
/// @param segment whose file
/// @param length how long it was before
/// @param why the write failed
record Cut(Segment segment, long length, Fault why) implements Chore {
    @Override
    public Result<Result.Done> run() {
        return segment.cut(length);
    }
}
