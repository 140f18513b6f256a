// Calls a service in Perspective's dialect with one of Perspective's clients on npm,
// and prints what the client made of the answer, or of the error, as a line of JSON.
//
//   node call.js perspective-api-client http://127.0.0.1:8000 '"a comment"' '{}'
"use strict";

const [client, address, text, options] = process.argv.slice(2);

const callers = {
  // Its address is fixed, so its own copy of axios sends to ours instead.
  "perspective-api-client": (said, asked) => {
    const home = require.resolve("perspective-api-client");
    const axios = require(require.resolve("axios", { paths: [home] }));
    axios.interceptors.request.use((request) => {
      request.url = request.url.replace("https://commentanalyzer.googleapis.com", address);
      return request;
    });
    const Perspective = require("perspective-api-client");
    return new Perspective({ apiKey: "any-key" }).analyze(said, asked);
  },
  "@conversationai/perspectiveapi-js-client": (said, asked) => {
    const { Client } = require("@conversationai/perspectiveapi-js-client");
    const perspective = new Client("any-key");
    perspective.perspectiveApiUrl = `${address}/v1alpha1/comments:analyze?key=any-key`;
    return perspective.getScores(said, asked);
  },
};

callers[client](JSON.parse(text), JSON.parse(options)).then(
  (answer) => console.log(JSON.stringify({ answer })),
  (error) => console.log(JSON.stringify({ error: error.name, message: error.message })),
);
