package hallows.server;

import hallows.cluster.BrokerImage;
import hallows.cluster.kafka.NodeProperties;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Listener;
import hallows.runtime.Result;
import hallows.runtime.Security;
import hallows.runtime.World;
import hallows.runtime.os.OsMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The open ports of a broker, by the names of its listeners.
///
/// @param open where clients come in
/// @param advertised where they are sent to
record Doors(Map<String, Listener> open, List<BrokerImage.Listener> advertised)
        implements AutoCloseable {
    private static final String PLAINTEXT = "PLAINTEXT";
    private static final String EVERYWHERE = "0.0.0.0";
    private static final String EVERYWHERE_IN_FULL = "0:0:0:0:0:0:0:0";

    /// Opens them all, or none.
    static Result<Doors> open(World world, NodeProperties properties) {
        Map<String, Listener> open = new LinkedHashMap<>();
        for (BrokerImage.Listener wanted : properties.listeners()) {
            Result<Listener> opened = open(world, wanted);
            if (opened instanceof Result.Failed<Listener>(Fault fault)) {
                open.values().forEach(Listener::close);
                return Result.failed(fault.kind(), said(wanted, fault));
            }
            open.put(wanted.name(), opened.orThrow());
        }
        return new Result.Ok<>(new Doors(open, advertised(properties, open)));
    }

    private static Result<Listener> open(World world, BrokerImage.Listener wanted) {
        if (!wanted.security().equals(PLAINTEXT)) {
            return Result.failed(
                    Fault.Kind.UNSUPPORTED,
                    "%s is not spoken yet: give it the protocol PLAINTEXT"
                            .formatted(wanted.security()));
        }
        String host = wanted.host().isEmpty() ? EVERYWHERE : wanted.host();
        return world.network().listen(new Endpoint(host, wanted.port()), Security.PLAIN);
    }

    private static String said(BrokerImage.Listener wanted, Fault fault) {
        return switch (fault.kind()) {
            case IN_USE ->
                    "%s:%d is in use: stop who has it, or listen elsewhere with --listen HOST:PORT"
                            .formatted(wanted.host(), wanted.port());
            case FORBIDDEN ->
                    "this user may not listen on %s:%d: take another port with --listen HOST:PORT; those below 1024 are often kept for root"
                            .formatted(wanted.host(), wanted.port());
            case UNREACHABLE ->
                    "%s is no address of this host: listen on one that is, such as 127.0.0.1, with --listen HOST:PORT"
                            .formatted(wanted.host());
            case NO_SPACE, IO_ERROR, DAMAGED, MISSING, EXISTS, CLOSED, UNSUPPORTED ->
                    "cannot listen on %s://%s:%d: %s"
                            .formatted(
                                    wanted.name(), wanted.host(), wanted.port(), fault.message());
        };
    }

    /// As it was said; where nothing was, or a free port was asked for, what was opened. Who
    /// listens on every address is known by this machine's name, as in Kafka.
    private static List<BrokerImage.Listener> advertised(
            NodeProperties properties, Map<String, Listener> open) {
        List<BrokerImage.Listener> said = properties.advertised();
        List<BrokerImage.Listener> all = new ArrayList<>();
        for (BrokerImage.Listener wanted : said.isEmpty() ? properties.listeners() : said) {
            Listener opened = open.get(wanted.name());
            int port =
                    wanted.port() != 0 || opened == null ? wanted.port() : opened.endpoint().port();
            all.add(
                    new BrokerImage.Listener(
                            wanted.name(),
                            wanted.security(),
                            wanted.host().isEmpty() ? OsMachine.name() : wanted.host(),
                            port));
        }
        return all;
    }

    /// Where the first of them is.
    Endpoint first() {
        Endpoint first = open.values().iterator().next().endpoint();
        return first.host().equals(EVERYWHERE_IN_FULL) ? new Endpoint("::", first.port()) : first;
    }

    @Override
    public void close() {
        open.values().forEach(Listener::close);
    }
}
