package hallows.verify.system;

import hallows.verify.House;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ours, as `./hallows start` becomes it. Not through the launcher itself: that builds what is
/// stale, and would wait for the build whose tests these are.
public record Hallows() implements Broker {
    private static final Pattern READY =
            Pattern.compile("Hallows ready on 127\\.0\\.0\\.1:(\\d+) in \\d+ ms");

    @Override
    public BrokerProcess start(Path data, Map<String, String> settings) {
        Path server = House.ROOT.resolve("server/target");
        String classPath =
                server.resolve("classes") + ":" + House.text(server.resolve("class-path"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + House.ROOT.resolve("jvm.flags"));
        command.addAll(List.of("-cp", classPath, "hallows.server.Main", "start"));
        command.addAll(List.of("--data", data.toString(), "--listen", "127.0.0.1:0"));
        settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        return BrokerProcess.started("Hallows", new ProcessBuilder(command), Hallows::ready);
    }

    @Override
    public int promisesMax() {
        return 100;
    }

    private static Optional<InetSocketAddress> ready(String line) {
        Matcher said = READY.matcher(line);
        return said.matches()
                ? Optional.of(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), Integer.parseInt(said.group(1))))
                : Optional.empty();
    }
}
