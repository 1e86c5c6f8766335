package hallows.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// The version the build wrote beside this class.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        try (var text = Version.class.getResourceAsStream("version")) {
            byte[] bytes =
                    Objects.requireNonNull(text, "the build writes a version").readAllBytes();
            return new String[] {"hallows " + new String(bytes, StandardCharsets.UTF_8).strip()};
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
