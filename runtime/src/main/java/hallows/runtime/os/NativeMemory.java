package hallows.runtime.os;

import hallows.runtime.Fault;
import io.netty.util.internal.OutOfDirectMemoryError;
import org.jspecify.annotations.Nullable;

/// What becomes of a link for whose copies Netty finds no memory.
///
/// The budget covers what components allocate. What is copied on the way (TLS, reads of io_uring,
/// files that no socket takes) comes from Netty's allocator, up to the JVM's limit of direct
/// memory. Beyond it a link ends; the shard and its other links do not.
final class NativeMemory {
    private static final int CAUSES_MAX = 8;

    private NativeMemory() {}

    /// The shortage behind `failure`, or null when it has another reason. A full heap is another
    /// matter: it is nobody's alone.
    static @Nullable OutOfMemoryError shortage(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof OutOfMemoryError error && isNative(error)) {
                return error;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static boolean isNative(OutOfMemoryError error) {
        return error instanceof OutOfDirectMemoryError
                || String.valueOf(error.getMessage()).contains("direct buffer memory");
    }

    /// Why the link ends.
    static Fault fault(Object peer, OutOfMemoryError error) {
        return new Fault(
                Fault.Kind.UNREACHABLE,
                "no native memory is left for the link with " + peer + ": " + error.getMessage());
    }
}
