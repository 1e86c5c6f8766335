/// The real world: the only package that touches sockets, files, threads, time and chance.
///
/// What Netty does not do by itself, and what is done about it:
///
/// - a read needs a buffer, and no answer but a buffer is known: `Intake` throws `NotNow`, without
///   a stack, which the pipe ignores
/// - after the peer's end it reads on without limit: `Intake` counts for itself
/// - an epoll socket that wants no events is taken out, and later changed as if it were there:
///   `Inbox` registers it anew
/// - epoll tells of a reset again and again when nobody reads: a paused link is asked for its TCP
///   state, and ends
/// - tasks that queue themselves again (a long write) would fill a cycle: a cycle runs tasks for at
///   most 0.2 ms
/// - an exception in the loop sleeps a second on the shard: nothing of ours throws there:
///   `canBlock` and the handlers keep what is thrown
@NullMarked
package hallows.runtime.os;

import org.jspecify.annotations.NullMarked;
