package hallows.runtime;

import java.util.List;

/// What had not been released when buffers were closed.
///
/// @param regions how many regions
/// @param bytes how much room they take, in whole blocks
/// @param places where each was allocated, in that order; empty without [LeakTracking#PLACES]
public record Leaks(long regions, long bytes, List<Leak> places) {
    /// A region nobody released.
    ///
    /// @param bytes how long it was
    /// @param place the stack of its allocation
    public record Leak(long bytes, Throwable place) {}

    /// Keeps the list as it is.
    public Leaks {
        places = List.copyOf(places);
    }

    /// Whether everything came home.
    public boolean none() {
        return regions == 0;
    }

    /// For tests: fails unless everything came home, with the places of allocation as its
    /// suppressed stacks.
    public void mustBeNone() {
        if (none()) {
            return;
        }
        AssertionError failure = new AssertionError(this + hint());
        places.forEach(leak -> failure.addSuppressed(leak.place()));
        throw failure;
    }

    @Override
    public String toString() {
        return "%d regions of %d bytes were not released".formatted(regions, bytes);
    }

    private String hint() {
        return places.isEmpty()
                ? "; run with -D" + LeakTracking.PROPERTY + "=on to see where they were allocated"
                : ", the first allocated at " + allocator(places.getFirst().place());
    }

    /// The caller of the allocation: the first frame outside the buffers themselves.
    private static String allocator(Throwable place) {
        for (StackTraceElement frame : place.getStackTrace()) {
            if (!frame.getClassName().equals(Buffers.class.getName())) {
                return frame.toString();
            }
        }
        return "an unknown place";
    }
}
