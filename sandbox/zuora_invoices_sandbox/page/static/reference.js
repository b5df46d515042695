// Shows the description with Swagger UI.
"use strict";
{
  // The token endpoint takes credentials in the form; Swagger UI sends them in a header.
  const inForm = (request) => {
    const basic = /^Basic (.+)$/.exec(request.headers.Authorization || "");
    if (!basic || new URL(request.url, location).pathname !== "/oauth/token") return;
    const [id, ...secret] = atob(basic[1]).split(":");
    const form = new URLSearchParams(request.body);
    form.set("client_id", id);
    form.set("client_secret", secret.join(":"));
    request.body = form.toString();
    delete request.headers.Authorization;
  };

  window.ui = SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#reference",
    validatorUrl: null,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    requestInterceptor: (request) => {
      inForm(request);
      return request;
    },
  });
}
