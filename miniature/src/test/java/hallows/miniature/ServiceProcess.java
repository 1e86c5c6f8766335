package hallows.miniature;

import hallows.runtime.Endpoint;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Listener;
import hallows.runtime.Security;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The service in a process of its own, to be killed.
public final class ServiceProcess {
    private static final int MEMORY_BYTES = 16 << 20;

    private ServiceProcess() {}

    /// Serves `DIRECTORY` on 127.0.0.1:`PORT` until it is killed, or its standard input ends.
    public static void main(String... arguments) throws IOException {
        OsWorld world = new OsWorld(OsOptions.standard());
        Endpoint endpoint = Endpoint.parse("127.0.0.1:" + arguments[1]);
        Listener listener = world.network().listen(endpoint, Security.PLAIN).orThrow();
        Host.start(
                world,
                HostOptions.shards(2).memory(MEMORY_BYTES, 1 << 18),
                List.of(Miniature.service(listener, Path.of(arguments[0]), MEMORY_BYTES)));
        System.out.println(listener.endpoint().port());
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(3);
    }
}
