package hallows.miniature;

import hallows.runtime.Application;
import hallows.runtime.Channel;
import hallows.runtime.Listener;
import hallows.runtime.SchedulingClass;
import java.nio.file.Path;

/// The append service as an application on the runtime.
public final class Miniature {
    /// Requests underway from one shard to another.
    private static final int CALLS = 256;

    private Miniature() {}

    /// Serves the connections of `listener` from the files in `directory`; nobody hears of cuts.
    public static Application service(Listener listener, Path directory, long memoryBytes) {
        return service(listener, new Store(directory, (_, _, _) -> {}), memoryBytes);
    }

    /// Serves the connections of `listener` from the logs in `store`.
    public static Application service(Listener listener, Store store, long memoryBytes) {
        Channel<Call> calls = new Channel<>("calls", SchedulingClass.MESSAGING, CALLS, Call::new);
        return Application.named("miniature")
                .memory(memoryBytes)
                .with(calls)
                .component("service", seat -> new Service(seat, calls, listener, store));
    }
}
