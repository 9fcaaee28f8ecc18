import java.io.IOException;

/** Formats the data folder on its first start, runs the broker, and leaves when whoever started it is gone. */
public final class Broker {
  public static void main(String[] args) {
    Thread watch = new Thread(Broker::haltWithParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    String[] format = {"format", "--ignore-formatted", "-t", args[1], "-c", args[0]};
    int code = kafka.tools.StorageTool.execute(format, System.out);
    if (code != 0) {
      Runtime.getRuntime().halt(code);
    }
    kafka.Kafka.main(new String[] {args[0]});
  }

  private static void haltWithParent() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever said here: only the end of the pipe matters
      }
    } catch (IOException closed) {
      // a broken pipe is an end, too
    }
    Runtime.getRuntime().halt(1);
  }
}
